import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { IconButton } from './button.tsx'

type DialogProps = {
  title: string
  description?: ComponentChildren
  /** Called on Esc and on the close button. */
  onClose: () => void
  children: ComponentChildren
  /** Text on the left side of the footer. */
  note?: ComponentChildren
  /** Buttons, the primary one last. */
  actions: ComponentChildren
  size?: 'narrow' | 'wide'
  /** The name of the close button. */
  close?: string
}

/** A modal dialog. Focus moves to the control with `autofocus`, and back when it closes. */
export function Dialog({
  title,
  description,
  onClose,
  children,
  note,
  actions,
  size = 'narrow',
  close = 'Close',
}: DialogProps) {
  const id = useId()
  const ref = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const dialog = ref.current
    dialog?.showModal()
    dialog?.querySelector<HTMLElement>('[autofocus]')?.focus()
    return () => {
      dialog?.close()
      // The opener may be gone: a removed row, a closed menu.
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
        <IconButton icon="x" label={close} onClick={onClose} />
      </header>
      {children}
      <footer>
        <p>{note}</p>
        {actions}
      </footer>
    </dialog>
  )
}
