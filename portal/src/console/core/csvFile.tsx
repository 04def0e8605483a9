import { useEffect, useRef, useState } from 'preact/hooks'
import { Button } from '../../shared/ui/button.tsx'
import { focusFirstError } from '../../shared/ui/field.tsx'
import type { ListInput } from './listInput.ts'
import './csvFile.css'

/** File input that fills the form's text. Also reads a file dropped anywhere on the form. */
export function CsvFile({ lines }: { lines: ListInput }) {
  const input = useRef<HTMLInputElement>(null)
  const [dropping, setDropping] = useState(false)
  const read = async (form: HTMLFormElement | null, [chosen]: Iterable<File>) => {
    if (chosen && !(await lines.readFile(chosen)) && form) focusFirstError(form)
  }
  useEffect(() => {
    const form = input.current?.form
    if (!form) return
    const left = new AbortController()
    const on = (type: 'dragover' | 'dragleave' | 'drop', act: (event: DragEvent) => void) =>
      form.addEventListener(
        type,
        (event) => {
          if (event.dataTransfer?.types.includes('Files')) act(event)
        },
        { signal: left.signal },
      )
    on('dragover', (event) => {
      // Without this, the browser would open the dropped file and leave the page.
      event.preventDefault()
      setDropping(true)
    })
    on('dragleave', (event) => {
      if (!(event.relatedTarget instanceof Node && form.contains(event.relatedTarget))) setDropping(false)
    })
    on('drop', (event) => {
      event.preventDefault()
      setDropping(false)
      void read(form, event.dataTransfer?.files ?? [])
    })
    return () => left.abort()
  }, [lines])
  return (
    <div class="csv-file" data-dropping={dropping ? '' : undefined}>
      <input
        ref={input}
        class="sr-only"
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/plain"
        tabIndex={-1}
        aria-label="Spreadsheet file"
        onChange={(event) => {
          const field = event.currentTarget
          // So that the same file can be chosen again after it was edited.
          void read(field.form, field.files ?? []).finally(() => (field.value = ''))
        }}
      />
      <Button icon="file-text" onClick={() => input.current?.click()}>
        Choose a CSV file
      </Button>
      <span class="name" role="status">
        {dropping ? 'Drop the file to read it.' : lines.fileName.value}
      </span>
    </div>
  )
}
