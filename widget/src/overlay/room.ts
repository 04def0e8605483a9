/** Distance between a banner at the bottom and a launcher above it, in pixels. */
const gap = 8

let banner: Element | null = null
const stacks = new Set<HTMLElement>()
const sizes = new ResizeObserver(makeRoom)

/** A banner was shown, or `node` is null and it was dismissed. */
export function bannerChanged(node: Element | null): void {
  if (banner) sizes.unobserve(banner)
  banner = node
  if (node) sizes.observe(node)
  else makeRoom()
}

/** Keeps the launcher in `stack` above a banner at the bottom. */
export function launcherShown(stack: HTMLElement): void {
  stacks.add(stack)
  if (stack.lastElementChild) sizes.observe(stack.lastElementChild)
}

const isOverPage = (node: Element) =>
  node.isConnected && getComputedStyle((node.getRootNode() as ShadowRoot).host).position === 'fixed'

function makeRoom(): void {
  const over = banner && isOverPage(banner) ? banner.getBoundingClientRect() : null
  for (const stack of stacks) {
    const button = stack.lastElementChild
    // It is drawn before it is in the page. Its button is observed, so this is called again then.
    if (!stack.isConnected || !button) continue
    const { left, right, height } = button.getBoundingClientRect()
    const floor = stack.getBoundingClientRect().bottom
    const covered = over && over.left < right && over.right > left && over.top < floor && over.bottom > floor - height
    stack.style.setProperty('--above-banner', covered ? `${floor - over.top + gap}px` : '0px')
  }
}
