import { html, raw } from 'hono/html'

export type Markup = ReturnType<typeof html>
export type Frame = { style: string; guides: { slug: string; title: string }[]; here: string }
type Head = { title: string; contents?: { id: string; label: string }[] }

/** A documentation page with guides and reference in a sidebar. No scripts. */
export const layout = async (
  { style, guides, here }: Frame,
  { title, contents = [] }: Head,
  body: Markup,
): Promise<string> =>
  String(
    await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Goodword</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${style}">
</head>
<body>
<a class="skip" href="#page">Skip to the page</a>
<nav aria-label="Documentation">
<p class="brand"><a href="/docs">Goodword</a></p>
<p class="head">Guides</p>
<ul>${guides.map(({ slug, title: label }) => html`<li><a href="/docs/guides/${slug}"${here === slug ? raw(' aria-current="page"') : ''}>${label}</a></li>`)}</ul>
<p class="head">Reference</p>
<ul><li><a href="/docs"${here === '' ? raw(' aria-current="page"') : ''}>API</a></li><li><a href="/v1/openapi.json">OpenAPI document</a></li></ul>
${contents.length > 0 ? html`<p class="head">On this page</p><ul>${contents.map(({ id, label }) => html`<li><a href="#${id}">${label}</a></li>`)}</ul>` : ''}
</nav>
<main id="page" tabindex="-1">
${body}
</main>
</body>
</html>
`,
  )
