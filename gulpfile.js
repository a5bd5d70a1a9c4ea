const { dest, src } = require('gulp');

/** What n8n reads besides the code: icons, codex files and output schemas. */
const ASSETS = ['icons/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'];

exports.build = () => src(ASSETS, { base: '.', encoding: false }).pipe(dest('dist'));
