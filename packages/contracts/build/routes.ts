import { endpoints } from '../src/endpoints.ts'

/** Generates packages/contracts/src/routes.ts from the endpoint table. */
export function routesFile(): string {
  const groups = Object.entries(endpoints).flatMap(([group, verbs]) => [
    `  ${group}: {`,
    ...Object.entries(verbs).map(([verb, { method, path }]) => `    ${verb}: '${method} ${path}',`),
    '  },',
  ])
  return [
    '/**',
    ' * Method and path of every endpoint as plain text, without schemas: enough for a client, at 1 kB instead of zod on',
    " * an advocate's phone. Written by `npm run routes` from the endpoint table.",
    ' */',
    'export const routes = {',
    ...groups,
    '} as const',
    '',
  ].join('\n')
}
