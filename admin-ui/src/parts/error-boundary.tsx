// Keeps one broken screen from taking everything with it: also when a part of the app could not be loaded, as after an
// update of the plugin while the page was open.
import { __ } from '@wordpress/i18n';
import { Component, type ReactNode } from 'react';

type Given = { children: ReactNode };

export class ErrorBoundary extends Component<Given, { failure: string | null }> {
	override state: { failure: string | null } = { failure: null };

	static getDerivedStateFromError(cause: unknown) {
		return { failure: cause instanceof Error ? cause.name : 'unknown' };
	}

	override render(): ReactNode {
		if (this.state.failure === null) {
			return this.props.children;
		}
		return (
			<div className="tocsin-box is-error" role="alert">
				<p>
					<strong>{__('This screen could not be shown.', 'tocsin')}</strong>{' '}
					{__(
						'Nothing was changed by that, and sending is not touched. Reload the page; if it stays, give the code to support.',
						'tocsin',
					)}
				</p>
				<p className="tocsin-box__foot">
					<button
						type="button"
						className="button"
						onClick={() => {
							window.location.reload();
						}}
					>
						{__('Reload the page', 'tocsin')}
					</button>
					<code className="tocsin-code">ui.{this.state.failure}</code>
				</p>
			</div>
		);
	}
}
