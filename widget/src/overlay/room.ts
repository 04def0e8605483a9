/** Distance between a banner at the bottom and a launcher above it, in pixels. */
const gap = 8

let banner: Element | null = null
/** Those of launchers in the page. A button gets its size when it enters the page and loses it when it leaves. */
const buttons = new Set<Element>()
const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) if (target !== banner) buttons.add(target)
  makeRoom()
})

/** A banner was shown, or `node` is null and it was dismissed. */
export function bannerChanged(node: Element | null): void {
  if (banner) sizes.unobserve(banner)
  banner = node
  if (node) sizes.observe(node)
  else makeRoom()
}

/** Keeps the launcher in `stack` above a banner at the bottom. */
export function launcherShown(stack: HTMLElement): void {
  if (stack.lastElementChild) sizes.observe(stack.lastElementChild)
}

const isOverPage = (node: Element) =>
  node.isConnected && getComputedStyle((node.getRootNode() as ShadowRoot).host).position === 'fixed'

function makeRoom(): void {
  const over = banner && isOverPage(banner) ? banner.getBoundingClientRect() : null
  for (const button of buttons) {
    const stack = button.parentElement as HTMLElement
    const { left, right, height } = button.getBoundingClientRect()
    if (!height) buttons.delete(button)
    const floor = stack.getBoundingClientRect().bottom
    const covered = over && over.left < right && over.right > left && over.top < floor && over.bottom > floor - height
    stack.style.setProperty('--above-banner', covered ? `${floor - over.top + gap}px` : '0px')
  }
}
