/** The linter's rules. Those on imports follow from infra/layers.ts and from the folders that there are. */
import { globSync } from 'node:fs'
import { dirname } from 'node:path'
import { defineConfig, type OxlintConfig } from 'oxlint'
import { layers, type Layer } from '#infra/layers.ts'

type Rules = NonNullable<OxlintConfig['rules']>

const onlyFfmpegMay = 'runtime/ffmpeg/ffmpeg.ts'

/** What files of a folder must not import: other layers but for the allowed, parents, neighbours by their long name. */
function importRules(
  folder: string,
  name: string,
  allowed: readonly string[],
  { isTest = false, mayImportFluentFfmpeg = false } = {},
): Rules {
  const forbidden = Object.keys(layers).filter((other) => other !== name && !allowed.includes(other))
  const inLayer = folder.slice(layers[name]!.folder.length)
  return {
    'no-restricted-imports': [
      'error',
      {
        paths: mayImportFluentFfmpeg
          ? []
          : [{ name: 'fluent-ffmpeg', message: `Only ${onlyFfmpegMay} imports fluent-ffmpeg.` }],
        patterns: [
          { regex: '^\\.\\.(/|$)|/\\.\\./', message: 'Reach other folders by their # name.' },
          { regex: '^\\./.*/', message: 'Reach other folders by their # name.' },
          { regex: `^#${name}${inLayer}/[^/]+$`, message: 'A file of the same folder is imported by ./' },
          ...(isTest ? [] : [{ regex: '/testing/', message: 'Only tests import what is there for tests.' }]),
          ...(forbidden.length === 0
            ? []
            : [
                {
                  regex: `^#(${forbidden.join('|')})/`,
                  message: 'This layer may not import that one (see infra/layers.ts).',
                },
              ]),
        ],
      },
    ],
  }
}

const foldersOf = ({ folder }: Layer) => [
  ...new Set(globSync(`${folder}/**/*.ts`).map((file) => dirname(file))),
]

const overrides = Object.entries(layers).flatMap(([name, layer]) =>
  foldersOf(layer).flatMap((folder) => {
    const inTests = [...layer.imports, 'test']
    return [
      {
        files: [`${folder}/*.ts`],
        rules: importRules(folder, name, layer.imports, { isTest: name === 'test' }),
      },
      { files: [`${folder}/*.test.ts`], rules: importRules(folder, name, inTests, { isTest: true }) },
      ...(folder.endsWith('/testing')
        ? [{ files: [`${folder}/*.ts`], rules: importRules(folder, name, inTests, { isTest: true }) }]
        : []),
    ]
  }),
)

export default defineConfig({
  plugins: ['typescript', 'unicorn', 'import', 'promise', 'node', 'oxc'],
  categories: {
    correctness: 'error',
    suspicious: 'error',
  },
  ignorePatterns: ['node_modules', '.local', 'schema/generated'],
  rules: {
    'typescript/no-floating-promises': [
      'error',
      {
        allowForKnownSafeCalls: [
          {
            from: 'package',
            package: 'node:test',
            name: ['it', 'describe', 'test', 'before', 'after', 'beforeEach', 'afterEach', 'suite'],
          },
        ],
      },
    ],
    'typescript/no-misused-promises': 'error',
    'typescript/await-thenable': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/switch-exhaustiveness-check': [
      'error',
      {
        considerDefaultExhaustiveForUnions: true,
      },
    ],
    'no-underscore-dangle': 'off',
    'typescript/no-unsafe-type-assertion': 'off',
    'unicorn/consistent-function-scoping': 'off',
    'typescript/unbound-method': 'off',
    'no-unmodified-loop-condition': 'off',
    'import/no-named-as-default-member': 'off',
    'unicorn/no-useless-spread': 'off',
    // Threads have no origins.
    'unicorn/require-post-message-target-origin': 'off',
    'promise/always-return': 'off',
    'promise/no-callback-in-promise': 'off',
    'typescript/consistent-return': 'off',
    'typescript/no-unsafe-enum-comparison': 'off',
    'import/no-cycle': [
      'error',
      {
        ignoreTypes: false,
      },
    ],
  },
  overrides: [
    ...overrides,
    {
      files: [onlyFfmpegMay],
      rules: importRules('runtime/ffmpeg', 'runtime', layers['runtime']!.imports, {
        mayImportFluentFfmpeg: true,
      }),
    },
  ],
})
