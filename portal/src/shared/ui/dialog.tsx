import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { IconButton } from './button.tsx'

type DialogProps = {
  title: string
  description?: ComponentChildren
  /** Asked for by Esc, the close button, or whoever drew the dialog. */
  onClose: () => void
  children: ComponentChildren
  /** Left side of the footer: a sentence. */
  note?: ComponentChildren
  /** Buttons, the primary one last. */
  actions: ComponentChildren
  size?: 'narrow' | 'wide'
}

/** Modal, while it is drawn. Focus goes to the control with `autofocus` and afterwards back to where it was. */
export function Dialog({ title, description, onClose, children, note, actions, size = 'narrow' }: DialogProps) {
  const id = useId()
  const ref = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const dialog = ref.current
    dialog?.showModal()
    dialog?.querySelector<HTMLElement>('[autofocus]')?.focus()
    return () => {
      dialog?.close()
      // The opener may be gone by now: a row that moved on, a menu that closed.
      setTimeout(() => {
        if (document.activeElement === document.body) document.querySelector<HTMLElement>('h1')?.focus()
      })
    }
  }, [])
  return (
    <dialog
      ref={ref}
      class={`dialog ${size}`}
      aria-labelledby={`${id}-t`}
      aria-describedby={description ? `${id}-d` : undefined}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return
        event.preventDefault()
        onClose()
      }}
    >
      <header>
        <div>
          <h2 id={`${id}-t`}>{title}</h2>
          {description && <p id={`${id}-d`}>{description}</p>}
        </div>
        <IconButton icon="x" label="Close" onClick={onClose} />
      </header>
      {children}
      <footer>
        <p>{note}</p>
        {actions}
      </footer>
    </dialog>
  )
}
