import { fileURLToPath } from 'node:url'
import preact from '@preact/preset-vite'
import { defineConfig } from 'vitest/config'
import { testCatalogs } from './api/language/catalogs.ts'
import { catalogFolder, languagesIn } from './packages/words/build/catalogs.ts'
import { words } from './packages/words/build/plugin.ts'
import { findFirefox } from './scripts/firefox.mjs'
import { findWebkit } from './scripts/webkit.mjs'
import { hardenedPreact } from './widget/build/hardenedPreact.ts'
import { partsFolder, unnamed } from './widget/build/partsFolder.ts'
import { partsOfUi } from './widget/build/partsOfUi.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Tests use the client's source, not its last build. */
const alias = {
  '@goodword/client/identity': at('packages/client/src/identity.ts'),
  '@goodword/client': at('packages/client/src/index.ts'),
  '@goodword/webhooks': at('packages/webhooks/src/index.ts'),
}

/**
 * Shared by all tests. Polled conditions may take long on a busy machine. Files share their worker processes, so
 * that each process loads the code, migrates a database and starts a browser once.
 */
const common = { root: at('.'), alias, isolate: false, expect: { poll: { timeout: 30_000 } } }

/**
 * What a browser does, and when, isn't all in our hands, so a test in one may be tried twice. Those that needed it are
 * listed at the end of `npm test`.
 */
const inBrowser = { ...common, retry: 1 }

/** Contains one folder per language. A test builds with an additional one. */
const catalogs = process.env.GOODWORD_CATALOGS ?? catalogFolder

/** Whether a project is named on the command line. */
const isNamed = (project: string) => process.argv.some((argument) => argument.split('=').at(-1) === project)

/** The same tests of the widget and the hosted page in the other engine, where one is installed. */
const firefoxTests = {
  plugins: [words()],
  test: {
    ...inBrowser,
    name: 'firefox',
    environment: at('api/test/firefox.ts'),
    // Sizes need no browser, and frameworks are tried in the one.
    include: ['widget/test/*.test.ts', 'api/browser/*.test.ts'],
    exclude: ['widget/test/sizes.test.ts'],
    css: { include: [/(hosted|leaderboard|docs)\.css/] },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
}

/** Fewer tests of their own, because WebKitGTK can be driven through WebDriver only. */
const webkitTests = {
  plugins: [words()],
  test: {
    ...inBrowser,
    name: 'webkit',
    include: ['widget/test/webkit/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
}

/** The widget's parts with Preact, which share one of them. */
const elements = {
  ui: at('widget/src/ui/ui.ts'),
  send: at('widget/src/form/send.ts'),
  share: at('widget/src/share/share.tsx'),
  overlay: at('widget/src/overlay/overlay.ts'),
  identity: at('widget/src/identity/identity.tsx'),
}
/** The widget's other parts, each one file without imports. */
const widget = new Map([
  ['api', at('widget/src/api.ts')],
  ['attach', at('widget/src/attach.ts')],
  ['forms', at('widget/src/forms.ts')],
  ['try', at('widget/src/try.ts')],
  ['capture', at('widget/src/capture.ts')],
  ['outbound', at('widget/src/outbound.ts')],
  ['warning', at('widget/src/warning.ts')],
  ['qr', at('widget/src/share/qr.ts')],
  ['proof', at('widget/src/proof.ts')],
  ...languagesIn(catalogs)
    .filter((language) => language !== 'en')
    .map((language): [string, string] => [`words-${language}`, `virtual:words/text/${language}`]),
])
const widgetPart = (input: Record<string, string>) => ({
  consumer: 'client' as const,
  build: {
    outDir: at(`widget/dist/${unnamed}`),
    emptyOutDir: false,
    copyPublicDir: false,
    modulePreload: false as const,
    rolldownOptions: {
      input,
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      preserveEntrySignatures: 'allow-extension' as const,
    },
  },
})

/**
 * All bundles: the widget's parts (modules that load on demand), its loader (one classic script without a framework), the
 * portal and the console (neither loads any code of the other), the server, and the client and webhooks as plain files
 * for integrators without a bundler. `vite build --app` builds them all; widget/test and portal/test check their sizes.
 */
export default defineConfig({
  root: at('portal'),
  base: '/',
  plugins: [words(catalogs), preact(), hardenedPreact(), partsOfUi(), partsFolder()],
  builder: {
    async buildApp(builder) {
      for (const name of [
        'widget',
        ...[...widget.keys()].map((part) => `widget_${part.replace('-', '_')}`),
        'loader',
        'portal',
        'console',
        'api',
        'client',
        'webhooks',
      ]) {
        const environment = builder.environments[name]
        if (environment) await builder.build(environment)
      }
    },
  },
  environments: {
    widget: widgetPart(elements),
    ...Object.fromEntries(
      [...widget].map(([name, file]) => [`widget_${name.replace('-', '_')}`, widgetPart({ [name]: file })]),
    ),
    loader: {
      consumer: 'client',
      build: {
        outDir: at('widget/dist'),
        emptyOutDir: false,
        copyPublicDir: false,
        modulePreload: false,
        rolldownOptions: {
          input: { loader: at('widget/src/loader.ts') },
          output: { format: 'iife', entryFileNames: '[name].js' },
        },
      },
    },
    portal: {
      consumer: 'client',
      build: {
        outDir: at('portal/dist'),
        emptyOutDir: true,
        sourcemap: true,
        rolldownOptions: { input: { advocate: at('portal/advocate.html') } },
      },
    },
    console: {
      consumer: 'client',
      build: {
        outDir: at('portal/dist'),
        emptyOutDir: false,
        sourcemap: true,
        rolldownOptions: { input: { console: at('portal/console.html') } },
      },
    },
    api: {
      consumer: 'server',
      resolve: { noExternal: [/^@goodword\//] },
      build: {
        outDir: at('api/dist'),
        emptyOutDir: true,
        copyPublicDir: false,
        ssr: true,
        sourcemap: true,
        target: 'node20',
        rolldownOptions: {
          input: {
            goodword: at('api/src/cli/goodword.ts'),
            'background.worker': at('api/src/database/background.worker.js'),
          },
          output: { entryFileNames: '[name].js' },
        },
      },
    },
    client: {
      consumer: 'server',
      resolve: { noExternal: true },
      build: {
        outDir: at('packages/client/dist'),
        emptyOutDir: true,
        copyPublicDir: false,
        ssr: true,
        target: 'node20',
        rolldownOptions: {
          input: { index: at('packages/client/src/index.ts'), identity: at('packages/client/src/identity.ts') },
          output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
        },
      },
    },
    webhooks: {
      consumer: 'server',
      build: {
        outDir: at('packages/webhooks/dist'),
        emptyOutDir: true,
        copyPublicDir: false,
        ssr: true,
        target: 'node20',
        rolldownOptions: {
          input: { index: at('packages/webhooks/src/index.ts') },
          output: { entryFileNames: '[name].js' },
        },
      },
    },
  },
  test: {
    projects: [
      {
        plugins: [words()],
        test: {
          ...common,
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'portal/src/**/*.test.ts', 'widget/src/**/*.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        plugins: [words()],
        test: {
          ...common,
          name: 'api',
          include: ['api/src/**/*.test.ts', 'api/test/**/*.test.ts'],
          css: { include: [/(hosted|leaderboard|docs)\.css/] },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        plugins: [words(testCatalogs)],
        test: {
          ...inBrowser,
          name: 'language',
          environment: at('api/test/chromium.ts'),
          globalSetup: at('api/language/catalogs.ts'),
          include: ['api/language/**/*.test.ts'],
          css: { include: [/(hosted|leaderboard|docs)\.css/] },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        plugins: [words()],
        test: {
          ...inBrowser,
          name: 'browser',
          environment: at('api/test/chromium.ts'),
          include: [
            'widget/test/**/*.test.ts',
            'portal/test/**/*.test.ts',
            'examples/**/*.test.ts',
            'api/browser/**/*.test.ts',
          ],
          exclude: ['widget/test/webkit/**'],
          css: { include: [/(hosted|leaderboard|docs)\.css/] },
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      // Only where named, so that a test while writing runs once.
      ...(isNamed('firefox') && findFirefox() ? [firefoxTests] : []),
      ...(isNamed('webkit') && findWebkit() ? [webkitTests] : []),
    ],
  },
})
