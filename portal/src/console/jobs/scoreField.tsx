import { useEffect, useId, useRef } from 'preact/hooks'
import { Button } from '../../shared/ui/button.tsx'

const scores = [1, 2, 3, 4, 5]

/** Whether a key is meant for what has the focus: letters and digits go into a text field. */
const isForField = (event: KeyboardEvent): boolean =>
  event.target instanceof Element && event.target.closest('input:not([type="radio"]), textarea, select') !== null

/** How happy the customer was, as five large radio buttons; outside of text fields the keys 1 to 5 choose one. */
export function ScoreField({
  who,
  value,
  onChange,
}: {
  /** The customer's first name, if it is known. */
  who: string
  value: number | null
  onChange: (score: number | null) => void
}) {
  const name = useId()
  const field = useRef<HTMLFieldSetElement>(null)
  const focusOn = (score: number) => field.current?.querySelectorAll('input')[score - 1]?.focus()
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isForField(event)) return
      const score = scores.find((one) => String(one) === event.key)
      if (score === undefined) return
      event.preventDefault()
      onChange(score)
      // The arrow keys and Tab go on from what is chosen.
      if (field.current?.contains(document.activeElement)) focusOn(score)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [onChange])
  return (
    <fieldset class="score-field" ref={field}>
      <legend>
        How happy was {who || 'the customer'}? <span class="opt">optional</span>
      </legend>
      <div class="score" aria-keyshortcuts="1 2 3 4 5">
        {scores.map((score) => (
          <label key={score}>
            <input type="radio" name={name} checked={score === value} onChange={() => onChange(score)} />
            {score}
          </label>
        ))}
      </div>
      <div class="score-ends">
        <span>Not at all</span>
        {value !== null && (
          <Button
            size="sm"
            look="quiet"
            onClick={() => {
              onChange(null)
              focusOn(1)
            }}
          >
            Clear<span class="sr-only"> the score</span>
          </Button>
        )}
        <span>Very</span>
      </div>
    </fieldset>
  )
}
