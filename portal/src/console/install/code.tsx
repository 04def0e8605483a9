import { CopyButton } from '../../shared/ui/copy.tsx'

/** Code with syntax colors. Copying gives the plain text. */
function HighlightedCode({ code }: { code: string }) {
  if (!code.includes('<')) return <>{code}</>
  const parts = code.split(/("[^"]*"|'[^']*'|<\/?[\w-]+|\/?>|\s[\w-]+(?==|>|\s))/)
  return (
    <>
      {parts.map((part, index) => {
        const look = /^["']/.test(part)
          ? 's'
          : /^(<\/?[\w-]+|\/?>)$/.test(part)
            ? 't'
            : /^\s[\w-]+$/.test(part)
              ? 'a'
              : null
        const key = `${index}-${part}`
        return look ? (
          <span key={key} class={look}>
            {part}
          </span>
        ) : (
          part
        )
      })}
    </>
  )
}

/** Code to paste, with where it goes and a copy button. `label` names it: "the script snippet". */
export function CodeBox({ place, label, code }: { place: string; label: string; code: string }) {
  return (
    <div class="code">
      <div class="bar">
        <span>{place}</span>
        <CopyButton text={code} what={`the ${label}`} />
      </div>
      <pre>
        <HighlightedCode code={code} />
      </pre>
    </div>
  )
}
