const paths = {
  warning: 'm21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3M12 9v4M12 17h.01',
  done: 'M20 6 9 17l-5-5',
  cross: 'M18 6 6 18M6 6l12 12',
} as const

export const Shape = ({ d }: { d: string }) => (
  <svg viewBox="0 0 24 24" aria-hidden="true">
    <path d={d} />
  </svg>
)
export const Icon = ({ name }: { name: keyof typeof paths }) => <Shape d={paths[name]} />

export const Mark = () => (
  <span className="mark" part="mark" lang="en" translate={false}>
    Goodword
  </span>
)
