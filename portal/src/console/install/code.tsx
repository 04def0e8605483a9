import { CopyButton } from '../../shared/ui/copy.tsx'

/** A tag in the colors of its parts: name, attributes, values. What is copied is the plain text. */
function Colored({ code }: { code: string }) {
  const parts = code.split(/("[^"]*"|<\/?[\w-]+|\/?>|\s[\w-]+(?==|>|\s))/)
  return (
    <>
      {parts.map((part, index) => {
        const look = part.startsWith('"') ? 's' : /^[</>]/.test(part) ? 't' : /^\s[\w-]+$/.test(part) ? 'a' : null
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

/** Code to paste, with where it goes and a button to copy it. */
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
