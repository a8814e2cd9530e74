// The doctor's findings, worst first, each with its mend as text to copy.
import type { Health } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { ActionButton } from '../../fields/action-button.tsx';
import { CapabilityNote } from '../../fields/capability-note.tsx';
import { CopyText } from '../../parts/copy-text.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Time } from '../../parts/time.tsx';
import { useMay } from '../../state/site.tsx';
import { useResource } from '../../state/use-resource.ts';
import { ScreenHeading } from '../screen-heading.tsx';

type Finding = Health['findings'][number];

const order: readonly Finding['level'][] = ['error', 'warning', 'ok'];

function levelWords(level: Finding['level']): string {
	const words: Readonly<Record<string, string>> = {
		error: __('Must be mended', 'tocsin'),
		warning: __('Should be looked at', 'tocsin'),
		ok: __('In order', 'tocsin'),
	} satisfies Record<Finding['level'], string>;
	return words[level] ?? level;
}

export function HealthScreen() {
	const api = useStoreApi();
	const mayManage = useMay('tocsin_manage');
	const health = useResource({
		key: mayManage ? 'health' : null,
		load: (signal) => api.health(signal),
	});
	return (
		<>
			<ScreenHeading title={__('Health', 'tocsin')}>
				{mayManage ? (
					<ActionButton running={health.loading} onClick={() => void health.reload()}>
						{__('Check again', 'tocsin')}
					</ActionButton>
				) : null}
			</ScreenHeading>
			{mayManage ? (
				<Loaded
					resource={health}
					loading={__('Checking everything Tocsin needs…', 'tocsin')}
				>
					{(found) => <Findings health={found} />}
				</Loaded>
			) : (
				<CapabilityNote capability="tocsin_manage" act={__('see the findings', 'tocsin')} />
			)}
		</>
	);
}

function Findings({ health }: { health: Health }) {
	const groups = order
		.map((level) => ({
			level,
			findings: health.findings.filter((finding) => finding.level === level),
		}))
		.filter((group) => group.findings.length > 0);
	return (
		<>
			<p>
				{__('Checked', 'tocsin')} <Time at={health.checked_at} />
			</p>
			{groups.map(({ level, findings }) => (
				<section key={level}>
					<h2>{levelWords(level)}</h2>
					<ul className="tocsin-findings">
						{findings.map((finding) => (
							<li
								key={finding.name + finding.sentence}
								className={`tocsin-box ${boxClass(level)}`}
							>
								<p>
									{finding.sentence}{' '}
									<code className="tocsin-code">{finding.name}</code>
								</p>
								{finding.mend === '' ? null : (
									<CopyText
										text={finding.mend}
										name={`${__('What to do', 'tocsin')}: ${finding.name}`}
									/>
								)}
							</li>
						))}
					</ul>
				</section>
			))}
		</>
	);
}

function boxClass(level: Finding['level']): string {
	return { error: 'is-error', warning: 'is-warning', ok: 'is-good' }[level];
}
