/** Distance between a banner at the bottom and a launcher above it, in pixels. */
const gap = 8

let banner: Element | null = null
const stacks = new Set<HTMLElement>()
const sizes = new ResizeObserver(makeRoom)

/** A banner at the bottom was shown, or `node` is null and it was dismissed. */
export function bannerChanged(host: Element, node: Element | null): void {
  if (getComputedStyle(host).position !== 'fixed') return
  sizes.disconnect()
  banner = node
  if (node) sizes.observe(node)
  makeRoom()
}

/** Keeps the launcher in `stack` above a banner at the bottom. */
export function launcherShown(stack: HTMLElement): void {
  stacks.add(stack)
  makeRoom()
}

function makeRoom(): void {
  const over = banner?.isConnected ? banner.getBoundingClientRect() : null
  for (const stack of stacks) {
    const button = stack.lastElementChild
    if (!stack.isConnected || !button) {
      stacks.delete(stack)
      continue
    }
    const { left, right, height } = button.getBoundingClientRect()
    const floor = stack.getBoundingClientRect().bottom
    const covered = over && over.left < right && over.right > left && over.top < floor && over.bottom > floor - height
    stack.style.setProperty('--above-banner', covered ? `${floor - over.top + gap}px` : '0px')
  }
}
