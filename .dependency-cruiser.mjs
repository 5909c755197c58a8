/** The rules of the tree (DESIGN.md §4). scripts/architecture.ts runs them, test/architecture.test.ts shows that they bite. */

const sdk = 'node_modules/(discord\\.js|@discordjs|discord-api-types|@slack|grammy|nodemailer)/';
const web = 'node_modules/(hono|@hono|ws)/';

const impure = '^(node:)?(fs|fs/promises|child_process|http|https|tls|dgram|process|timers|timers/promises)$';

/** One rule: whoever is `from` must not import what is `to`. */
const never = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

export default {
  forbidden: [
    never(
      'adapters-by-the-door',
      'An adapter imports of ours only its own folder and the door of the core, src/core/index.ts.',
      { path: '^src/adapters/([^/]+)/' },
      { path: '^(src|drizzle|test|bench|scripts)/', pathNot: '^src/(core/index\\.ts$|adapters/$1/)' },
    ),
    never(
      'core-stands-alone',
      'The core imports nothing of ours but drizzle/.',
      { path: '^src/core/' },
      { path: '^(src|test|bench|scripts)/', pathNot: '^src/core/' },
    ),
    never(
      'core-knows-no-platform',
      'The core knows no platform and no HTTP.',
      { path: '^src/core/' },
      { path: [sdk, web, '^(node:)?https?$'] },
    ),
    never(
      'http-names-no-platform',
      'http receives Channel values: of ours it imports its own folder and the door of the core.',
      { path: '^src/http/' },
      { path: [sdk, '^(src|drizzle|test|bench|scripts)/'], pathNot: '^src/(http/|core/index\\.ts$)' },
    ),
    never(
      'who-names-platforms',
      'Only main.ts, demo.ts, the command line, benches and tests name platforms.',
      { path: '^(src|drizzle|scripts)/', pathNot: '^src/(main\\.ts$|demo\\.ts$|cli/|adapters/)' },
      { path: '^src/adapters/' },
    ),
    never(
      'who-starts-the-simulator',
      'Only the demo, benches and tests start the simulator.',
      { path: '^(src|drizzle|scripts)/', pathNot: '^src/(demo\\.ts$|tour/|simulator/)' },
      { path: '^src/simulator/' },
    ),
    never(
      'who-plays-the-tour',
      'The tour belongs to the demo.',
      { path: '^(src|drizzle|scripts)/', pathNot: '^src/(demo\\.ts$|tour/)' },
      { path: '^src/tour/' },
    ),
    never(
      'simulator-shares-no-line',
      'The simulator imports nothing of ours and none of the libraries that it is there to test.',
      { path: '^src/simulator/' },
      { path: [sdk, '^(src|drizzle|test|bench|scripts)/'], pathNot: '^src/simulator/' },
    ),
    never(
      'rules-are-pure',
      'rules/ imports only models, words (actor, ids, errors, text) and rules: no tables, no files. A type is no deed.',
      { path: '^src/core/.*rules/' },
      {
        path: ['^(src|drizzle)/', impure, 'node_modules/(drizzle-orm|postgres|pino)/'],
        dependencyTypesNot: ['type-only'],
        pathNot: [
          '^src/core/.*rules/',
          '^src/core/.*/model\\.ts$',
          '^src/core/(actor|ids|errors|text/index)\\.ts$',
        ],
      },
    ),
    never(
      'features-meet-at-doors',
      'A feature of the core imports another by its door, src/core/<feature>/index.ts.',
      { path: '^src/core/([^/]+)/', pathNot: '/rules/' },
      { path: '^src/core/[^/]+/', pathNot: '^src/core/($1/|[^/]+/index\\.ts$)' },
    ),
    never(
      'doors-from-above',
      'Beside the features, only reactions.ts and rounds.ts see past their doors.',
      { path: '^src/core/[^/]+\\.ts$', pathNot: '^src/core/(reactions|rounds)\\.ts$' },
      { path: '^src/core/[^/]+/', pathNot: '^src/core/[^/]+/index\\.ts$' },
    ),
    never(
      'one-database-driver',
      'Only drizzle/ knows the driver; everybody else takes a Database from it.',
      { pathNot: '^drizzle/' },
      { path: 'node_modules/(postgres/|drizzle-orm/postgres-js)' },
    ),
    never(
      'one-way-to-drizzle',
      'Drizzle is loaded by drizzle/orm.ts: imported as ES modules it costs a second of the start.',
      { pathNot: '^drizzle/orm\\.ts$' },
      { path: 'node_modules/drizzle-orm/' },
    ),
    never(
      'one-hand-that-draws',
      'Only src/charts knows the library, and it is loaded in a process of its own: it would stay in the memory of the desk.',
      { pathNot: ['^(src|test)/charts/', '^test/harness/desk\\.ts$'] },
      { path: ['node_modules/(chart\\.js|chartjs-chart-matrix|@napi-rs)/', '^src/charts/(?!index\\.ts$)'] },
    ),
    never(
      'drizzle-is-the-ground',
      'drizzle/ imports nothing of ours.',
      { path: '^drizzle/' },
      { path: '^(src|test|bench|scripts)/' },
    ),
    never(
      'source-needs-no-tests',
      'What runs for users imports neither tests, benches nor scripts.',
      { path: '^(src|drizzle)/' },
      { path: '^(test|bench|scripts)/' },
    ),
    never(
      'no-dev-dependencies',
      'What runs for users imports no development dependency; types vanish before that.',
      { path: '^(src|drizzle)/' },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    ),
    never(
      'resolvable',
      'The import leads nowhere.',
      {},
      {
        couldNotResolve: true,
        pathNot: '^(mdast|hast)$', // types without packages of these names, @types/mdast and @types/hast; tsc resolves them
      },
    ),
    never(
      'no-cycles',
      'Modules that need each other at run time. Type imports are erased, so they close no cycle.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
  ],
  options: {
    parser: 'swc', // with TypeScript 7 the default parser sees no .ts file, and passes
    doNotFollow: { path: 'node_modules' },
    moduleSystems: ['es6'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.json'],
    },
  },
};
