import { type ReadonlySignal, signal } from '@preact/signals'
import { Icon, type IconName } from './icon.tsx'

export type Toast = {
  text: string
  icon?: IconName
  /** Must also be available on the page: a toast disappears (UI.md §7). */
  action?: { label: string; run: () => void }
}

export type Toasts = {
  current: ReadonlySignal<Toast | null>
  show: (toast: Toast) => void
  dismiss: () => void
  /** Pauses the timer while the pointer or focus is on the toast. */
  hold: () => void
  release: () => void
}

const toastMs = 6_000

/** Shows one message at a time, for six seconds. */
export function createToasts(): Toasts {
  const current = signal<Toast | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  const dismiss = () => {
    clearTimeout(timer)
    current.value = null
  }
  const release = () => {
    clearTimeout(timer)
    timer = setTimeout(dismiss, toastMs)
  }
  return {
    current,
    show: (toast) => {
      current.value = toast
      release()
    },
    dismiss,
    hold: () => clearTimeout(timer),
    release,
  }
}

/** The live region for toasts. Always rendered, so that new ones are announced. */
export function ToastPlace({ toasts }: { toasts: Toasts }) {
  const toast = toasts.current.value
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toast && (
        <div
          class="toast"
          onPointerEnter={toasts.hold}
          onPointerLeave={toasts.release}
          onFocusIn={toasts.hold}
          onFocusOut={toasts.release}
        >
          <Icon name={toast.icon ?? 'converted'} />
          {toast.text}
          {toast.action && (
            <button
              type="button"
              onClick={() => {
                const run = toast.action?.run
                toasts.dismiss()
                run?.()
              }}
            >
              {toast.action.label}
            </button>
          )}
        </div>
      )}
    </div>
  )
}
