// Two bundles from one source: the wp-admin screen for the plugin, which takes React and the components from
// WordPress, and the sidecar's console, which brings everything along and runs under a strict CSP.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import defaultConfig from '@wordpress/scripts/config/webpack.config.js';

const require = createRequire(import.meta.url);
// Both come with @wordpress/scripts; its own copies are taken, so that there is one webpack.
const scripts = createRequire(require.resolve('@wordpress/scripts/config/webpack.config.js'));
const webpack = scripts('webpack');
const DependencyExtractionPlugin = scripts('@wordpress/dependency-extraction-webpack-plugin');
const here = import.meta.dirname;

/** wp-scripts' plugins for blocks: there are none here, and two configurations would look for them twice. */
const forBlocks = ['PhpFilePathsPlugin', 'CopyPlugin'];
const externals = 'DependencyExtractionWebpackPlugin';

function pluginsWithout(names) {
	return defaultConfig.plugins.filter((plugin) => !names.includes(plugin.constructor.name));
}

/**
 * DataViews is bundled from its ES modules with `wp.components` outside. Its ready-made `/wp` build carries a second
 * copy of the components and comes to 384 kB gzip, more than a first visit may weigh. It uses no private API of the
 * components, and each public one it uses exists in WordPress 6.9. The two packages 6.9 lacks are bundled.
 */
const notInEveryWordPress = ['@wordpress/theme', '@wordpress/private-apis'];

const dataViews = [
	new webpack.NormalModuleReplacementPlugin(
		/^@wordpress\/theme$/,
		resolve(here, 'src/tables/inherited-theme.tsx'),
	),
	new webpack.NormalModuleReplacementPlugin(/\/calendar\/index\.mjs$/, (request) => {
		if (/@wordpress[\\/]ui[\\/]/.test(request.context)) {
			request.request = resolve(here, 'src/tables/no-calendar.tsx');
		}
	}),
];

/** Writes the console's page: hashed names, so that they may be cached for good, and nothing inline, for the CSP. */
class ConsolePage {
	apply(compiler) {
		compiler.hooks.thisCompilation.tap('ConsolePage', (compilation) => {
			const stage = webpack.Compilation.PROCESS_ASSETS_STAGE_REPORT;
			compilation.hooks.processAssets.tap({ name: 'ConsolePage', stage }, () => {
				const files = [...compilation.entrypoints.get('console').getFiles()];
				const tags = files.map((file) =>
					file.endsWith('.css')
						? `<link rel="stylesheet" href="/console/${file}">`
						: `<script defer src="/console/${file}"></script>`,
				);
				const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>Tocsin console</title>
${tags.join('\n')}
</head>
<body>
<div id="tocsin-console"></div>
<noscript>The Tocsin console needs JavaScript: passkeys only work with it.</noscript>
</body>
</html>
`;
				compilation.emitAsset('index.html', new webpack.sources.RawSource(page));
			});
		});
	}
}

const wordPressScreen = {
	...defaultConfig,
	name: 'wp-admin',
	entry: { index: resolve(here, 'src/index.tsx') },
	output: { ...defaultConfig.output, path: resolve(here, '../plugin/assets') },
	plugins: [
		...pluginsWithout([...forBlocks, externals]),
		...dataViews,
		new DependencyExtractionPlugin({
			requestToExternal: (request) =>
				notInEveryWordPress.includes(request) || request.endsWith('.css')
					? null
					: undefined,
		}),
	],
	module: {
		...defaultConfig.module,
		// DataViews calls its whole package free of side effects; its style sheet is one.
		rules: [...defaultConfig.module.rules, { test: /\.css$/, sideEffects: true }],
	},
	performance: { hints: false },
};

const consoleScreen = {
	...defaultConfig,
	name: 'console',
	entry: { console: resolve(here, 'src/console.tsx') },
	output: {
		...defaultConfig.output,
		path: resolve(here, '../sidecar/console'),
		publicPath: '/console/',
		filename: '[name].[contenthash:8].js',
		chunkFilename: '[name].[contenthash:8].js',
	},
	plugins: [
		...pluginsWithout([...forBlocks, externals, 'RtlCssPlugin', 'MiniCssExtractPlugin']),
		new (scripts('mini-css-extract-plugin'))({ filename: '[name].[contenthash:8].css' }),
		new ConsolePage(),
	],
	performance: { hints: false },
};

export default [wordPressScreen, consoleScreen];
