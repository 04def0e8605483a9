import { languages as spoken } from '@goodword/contracts'
import { languageName } from '@goodword/words'

/** A widget version at its own address, with its integrity hash; from /widget/v1/manifest.json. */
export type Pinned = { path: string; integrity: string }

export type Tag = { server: string; key: string; consent: boolean; pinned: Pinned | null }

export const frameworks = ['html', 'react', 'next', 'vue', 'wordpress', 'tag-manager'] as const
export type Framework = (typeof frameworks)[number]

export const frameworkLabels: Record<Framework, { label: string; place: string }> = {
  html: { label: 'HTML', place: 'Before </head>' },
  react: { label: 'React', place: 'index.html, before </head>' },
  next: { label: 'Next.js', place: 'app/layout.tsx' },
  vue: { label: 'Vue', place: 'index.html, before </head>' },
  wordpress: { label: 'WordPress', place: 'Header code of your theme or plugin' },
  'tag-manager': { label: 'Tag Manager', place: 'Custom HTML tag, on all pages' },
}

const formatAttributes = ({ server, key, consent, pinned }: Tag): [string, string | null][] => [
  ['src', server + (pinned?.path ?? '/widget/v1/loader.js')],
  ['data-key', key],
  ...(consent ? [['data-consent', null] satisfies [string, null]] : []),
  ...(pinned
    ? ([
        ['integrity', pinned.integrity],
        ['crossorigin', 'anonymous'],
      ] satisfies [string, string][])
    : []),
]

const formatTag = (attributes: [string, string | null][], indent: string) =>
  attributes.map(([name, value]) => `${indent}${name}${value === null ? '' : `="${value}"`}`).join('\n')

/** The script tag that goes on every page. */
export function scriptSnippet(framework: Framework, tag: Tag): string {
  if (framework === 'next') {
    return `import Script from 'next/script'

// Inside <body>, after {children}:
<Script
${formatTag(
  formatAttributes(tag).map(([name, value]) => [name === 'crossorigin' ? 'crossOrigin' : name, value ?? 'true']),
  '  ',
)}
/>`
  }
  if (framework === 'tag-manager') {
    const lines = formatAttributes(tag).map(
      ([name, value]) => `  tag.setAttribute(${JSON.stringify(name)}, ${JSON.stringify(value ?? '')})`,
    )
    return `<script>
  var tag = document.createElement('script')
  tag.async = true
${lines.join('\n')}
  document.head.appendChild(tag)
</script>`
  }
  return `<script async\n${formatTag(formatAttributes(tag), '  ')}></script>`
}

export const parts = ['form', 'share', 'banner', 'launcher', 'leaderboard', 'attach'] as const
export type Part = (typeof parts)[number]

export const partLabels: Record<Part, { label: string; says: string }> = {
  form: { label: 'Form', says: 'Friends leave their details here.' },
  share: { label: 'Share panel', says: 'Customers get their own link here.' },
  banner: { label: 'Banner', says: 'Says who recommended you, once a friend has followed a link.' },
  launcher: { label: 'Button', says: 'A button in the corner that opens the share panel.' },
  leaderboard: {
    label: 'Leaderboard',
    says: 'Who referred the most friends, by first name and initial. Switch it on under Advocates, Leaderboard.',
  },
  attach: { label: 'My own form', says: 'Keep the form you have; its details are sent to us as well.' },
}

export const languages = ['page', ...spoken] as const
export type Language = (typeof languages)[number]
export const languageLabel = (language: Language): string =>
  language === 'page' ? 'The language of the page' : languageName(language, 'en')

/**
 * The room that a part takes in the page, so that nothing moves when it appears. On a phone, the form has all its fields
 * below each other. In a column, the width of the window says nothing, so it keeps as much as a phone.
 */
const room: Partial<Record<Part, { page: string; column: string }>> = {
  form: { page: 'clamp(38em, 54em + (450px - 100vw) * 4, 54em)', column: '54em' },
  share: { page: 'max(24em, 31em + 390px - 100vw)', column: '36em' },
}
export const reservesRoom = (part: Part) => part in room

/** The element for one part; `inColumn` if it stands in a narrow column of a wide page. */
export function partSnippet(part: Part, language: Language, framework: Framework = 'html', inColumn = false): string {
  const lang = language === 'page' ? '' : ` lang="${language}"`
  if (part === 'attach') {
    return `<form data-goodword action="/contact" method="post">
  <input name="name" autocomplete="name">
  <input name="email" type="email" autocomplete="email">
  <input name="phone" type="tel" autocomplete="tel">
  …
</form>`
  }
  const height = room[part]?.[inColumn ? 'column' : 'page']
  const react = framework === 'react' || framework === 'next'
  const style = react ? `{{ display: 'block', minHeight: '${height}' }}` : `"display: block; min-height: ${height}"`
  const place = part === 'banner' ? ' position="bottom"' : ''
  return `<goodword-${part}${lang}${place}${height ? ` style=${style}` : ''}></goodword-${part}>`
}

/** What a Content-Security-Policy must allow. */
export const policyDirectives = (server: string): string => `script-src ${server}\nconnect-src ${server}`
