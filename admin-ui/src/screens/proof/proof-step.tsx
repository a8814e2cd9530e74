// Proof: the state of the evidence log, the auditor's list, and the bundle anyone can verify offline.
import type { Evidence } from '@tocsin/sidecar/contract';
import { __, _n, sprintf } from '@wordpress/i18n';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { ActionButton } from '../../fields/action-button.tsx';
import { FactList } from '../../parts/fact-list.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Loading } from '../../parts/loading.tsx';
import { ProblemBox } from '../../parts/problem-box.tsx';
import { Time } from '../../parts/time.tsx';
import { useSite } from '../../state/site.tsx';
import { useAction } from '../../state/use-action.ts';
import { useResource } from '../../state/use-resource.ts';
import { numberWords } from '../../words/number-words.ts';
import { saveFile } from './save-file.ts';

const verifyingMs = 1_500;

export function ProofStep() {
	const api = useStoreApi();
	const evidence = useResource({
		key: 'evidence',
		load: (signal) => api.readEvidence(signal),
		pollMs: (now) => (now?.verification.state === 'running' ? verifyingMs : null),
	});
	const verify = useAction(async () => {
		evidence.replace(await api.verifyEvidence());
	});
	const download = useAction(async () => {
		const bundle = await api.downloadBundle();
		saveFile(bundle, `tocsin-evidence-${new Date().toISOString().slice(0, 10)}.zip`);
	});
	return (
		<Loaded resource={evidence} loading={__('Loading the evidence…', 'tocsin')}>
			{(now) => (
				<>
					<Log evidence={now} />
					<Verification evidence={now} />
					{verify.problem === null ? null : <ProblemBox problem={verify.problem} />}
					{download.problem === null ? null : <ProblemBox problem={download.problem} />}
					<div className="tocsin-buttons">
						<ActionButton
							running={verify.running || now.verification.state === 'running'}
							onClick={() => void verify.run()}
						>
							{__('Verify now', 'tocsin')}
						</ActionButton>
						<ActionButton
							running={download.running}
							onClick={() => void download.run()}
						>
							{__('Download the evidence bundle', 'tocsin')}
						</ActionButton>
					</div>
					<p className="tocsin-note">
						{__(
							'The bundle holds no personal data. Anyone can check it offline with “tocsin verify”, without trusting this shop.',
							'tocsin',
						)}
					</p>
				</>
			)}
		</Loaded>
	);
}

function Log({ evidence }: { evidence: Evidence }) {
	const { locale } = useSite();
	return (
		<FactList
			facts={[
				{ name: __('Log', 'tocsin'), value: evidence.origin },
				{ name: __('Entries', 'tocsin'), value: numberWords(evidence.size, locale) },
				{
					name: __('Root', 'tocsin'),
					value:
						evidence.root === null ? (
							__('none yet', 'tocsin')
						) : (
							<code className="tocsin-hash">{evidence.root}</code>
						),
				},
				...(evidence.waiting === 0
					? []
					: [
							{
								name: __('Not signed yet', 'tocsin'),
								value: sprintf(
									/* translators: %s: number of entries */
									_n('%s entry', '%s entries', evidence.waiting, 'tocsin'),
									numberWords(evidence.waiting, locale),
								),
							},
						]),
			]}
		/>
	);
}

function Verification({ evidence }: { evidence: Evidence }) {
	const { locale } = useSite();
	const { verification } = evidence;
	if (verification.state === 'never') {
		return <p>{__('The log was not verified yet.', 'tocsin')}</p>;
	}
	if (verification.state === 'running') {
		return <Loading what={__('Verifying the whole log…', 'tocsin')} />;
	}
	const isOld = verification.size !== null && verification.size < evidence.size;
	return (
		<>
			<p className={`tocsin-box ${verification.ok === true ? 'is-good' : 'is-error'}`}>
				<strong>
					{verification.ok === true
						? __('The evidence holds.', 'tocsin')
						: __(
								'The evidence does not hold. Keep everything as it is and tell the operator.',
								'tocsin',
							)}
				</strong>{' '}
				{verification.checked_at === null ? null : (
					<>
						{__('Checked', 'tocsin')} <Time at={verification.checked_at} />
					</>
				)}
				{isOld
					? ` ${sprintf(
							/* translators: %s: number of entries */
							__('Entries after number %s are not covered: verify again.', 'tocsin'),
							numberWords(verification.size ?? 0, locale),
						)}`
					: ''}
			</p>
			<ul className="tocsin-checks" aria-label={__('What was checked', 'tocsin')}>
				{verification.checks.map((check) => (
					<li key={check.name} className={check.ok ? 'is-done' : 'is-missing'}>
						<strong>{check.ok ? __('Holds', 'tocsin') : __('Broken', 'tocsin')}</strong>{' '}
						{check.sentence} <code className="tocsin-code">{check.name}</code>
					</li>
				))}
			</ul>
		</>
	);
}
