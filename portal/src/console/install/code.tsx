import { CopyButton } from '../../shared/ui/copy.tsx'

/** Code in the colors of its parts: names of tags, attributes, values. What is copied is the plain text. */
function Colored({ code }: { code: string }) {
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

/** Code to paste, with where it goes and a button to copy it. `label` names it: "the script snippet". */
export function CodeBox({ place, label, code }: { place: string; label: string; code: string }) {
  return (
    <div class="code">
      <div class="bar">
        <span>{place}</span>
        <CopyButton text={code} what={`the ${label}`} />
      </div>
      <pre>
        <Colored code={code} />
      </pre>
    </div>
  )
}
