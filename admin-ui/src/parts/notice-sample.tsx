// A notice as the customer will see it. The HTML is shown in a frame without scripts, forms or an origin, so that
// nothing in it can touch the screen around it.
import type { RenderedNotice } from '@tocsin/sidecar/contract';
import { __, sprintf } from '@wordpress/i18n';
import { Tabs } from './tabs.tsx';

export function NoticeSample({ sample }: { sample: RenderedNotice }) {
	return (
		<div className="tocsin-sample">
			<p className="tocsin-sample__subject">
				<span className="tocsin-label">{__('Subject', 'tocsin')}</span>{' '}
				<bdi>{sample.subject}</bdi>
			</p>
			<Tabs
				label={__('Form of the notice', 'tocsin')}
				tabs={[
					{
						id: 'html',
						label: __('As e-mail', 'tocsin'),
						content: (
							<iframe
								className="tocsin-sample__frame"
								sandbox=""
								srcDoc={sample.html}
								/* translators: %s: the invented person the notice is shown for */
								title={sprintf(__('Notice for %s', 'tocsin'), sample.sample)}
							/>
						),
					},
					{
						id: 'text',
						label: __('As plain text', 'tocsin'),
						content: (
							<pre
								className="tocsin-sample__text"
								dir="auto"
								tabIndex={0}
								role="region"
								aria-label={__('Plain text of the notice', 'tocsin')}
							>
								{sample.text}
							</pre>
						),
					},
				]}
			/>
		</div>
	);
}

/** One tab for each invented person; one person needs no tabs. */
export function NoticeSamples({ samples }: { samples: readonly RenderedNotice[] }) {
	const [first] = samples;
	if (first === undefined) {
		return <p>{__('No sample of this notice was made.', 'tocsin')}</p>;
	}
	if (samples.length === 1) {
		return <NoticeSample sample={first} />;
	}
	return (
		<Tabs
			label={__('Shown for', 'tocsin')}
			tabs={samples.map((sample, index) => ({
				id: String(index),
				label: sample.sample,
				content: <NoticeSample key={sample.sample} sample={sample} />,
			}))}
		/>
	);
}
