import { describe, expect, it } from 'vitest'
import { setupWidgetTest } from './setup.ts'
import { form, tag } from './site.ts'
import type { Visit } from './visit.ts'

const setup = setupWidgetTest()
/** The texts that a Hebrew business sets in place of ours. */
const hebrew = `words='{"copy":"העתקה","shareOn":"שיתוף הקישור","qr":"קוד QR"}'`

/** A right-to-left page on a narrow phone. */
async function open(html: string, { ref = true } = {}): Promise<Visit> {
  const styles = '<style>body { margin: 8px; font: 16px/1.5 sans-serif }</style>'
  const turn = `<script>document.documentElement.dir = 'rtl'</script>`
  setup.site.put('/rtl', `${styles}${turn}${tag(setup.goodword)}<h1>אינסטלציה</h1>${html}`)
  return setup.open(ref ? '/rtl' : '/rtl?none', { viewport: { width: 320, height: 700 } })
}

const overflow = ({ page }: Visit) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
const box = async ({ page }: Visit, selector: string) => {
  const found = await page.locator(selector).first().boundingBox()
  if (!found) throw new Error(`There is no ${selector} to be seen.`)
  return { left: found.x, right: found.x + found.width }
}
const styleOf = ({ page }: Visit, selector: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((one) => {
      const { direction, unicodeBidi, textAlign } = getComputedStyle(one)
      return { direction, unicodeBidi, textAlign }
    })
/** Elements that do not fit in the 320 px. */
const sticksOut = ({ page }: Visit, host: string) =>
  page.locator(host).evaluate((element) =>
    [...(element.shadowRoot?.querySelectorAll(':not(.sr-only, .sr-only *, svg *)') ?? [])]
      .map((one) => ({ name: one.className || one.tagName, ...one.getBoundingClientRect().toJSON() }))
      .filter(({ width, left, right }) => width > 0 && (left < 0 || right > 320))
      .map(({ name }) => name),
  )

describe('on a right-to-left page', () => {
  it('the share panel is mirrored; the link and its QR code are not', async () => {
    const advocate = await open(`<goodword-share code="${setup.goodword.code}" ${hebrew}></goodword-share>`, {
      ref: false,
    })
    await advocate.page.getByRole('button', { name: 'העתקה' }).waitFor()
    await advocate.page.getByRole('button', { name: 'קוד QR' }).click()
    await advocate.page.locator('.qr svg').waitFor()
    expect((await box(advocate, '.link .input')).left).toBeGreaterThan((await box(advocate, '.link .button')).left)
    expect((await styleOf(advocate, '.link .input')).direction).toBe('ltr')
    expect((await styleOf(advocate, '.qr')).direction).toBe('ltr')
    // English on a Hebrew page keeps its own direction but aligns with the page's lines.
    expect(await styleOf(advocate, '.title')).toEqual({
      direction: 'rtl',
      unicodeBidi: 'plaintext',
      textAlign: 'right',
    })
    expect([await overflow(advocate), await sticksOut(advocate, 'goodword-share')]).toEqual([0, []])
  })

  it.each(['top', 'bottom'])('the banner at the %s closes on the left', async (position) => {
    const friend = await open(`<goodword-banner position="${position}" href="#visit"></goodword-banner>`)
    await friend.page.getByText('Anna gave you $20 credit').waitFor()
    const [from, close, banner] = [
      await box(friend, '.from'),
      await box(friend, '.close'),
      await box(friend, '.banner'),
    ]
    expect(close.right).toBeLessThanOrEqual(from.left)
    expect(close.left - banner.left).toBeLessThan(banner.right - from.right + 1)
    expect([await overflow(friend), await sticksOut(friend, 'goodword-banner')]).toEqual([0, []])
    await friend.page.getByRole('button', { name: 'Dismiss' }).click()
    await friend.page.getByText('Anna gave you').waitFor({ state: 'detached' })
  })

  it('the launcher is in the left corner; its panel fits, and closes on the left', async () => {
    const friend = await open('<goodword-launcher></goodword-launcher>')
    const button = friend.page.getByRole('button', { name: 'See your offer' })
    await button.waitFor()
    expect(await box(friend, '.launch')).toMatchObject({ left: 20 })
    await button.click()
    await friend.page.getByText('Anna gave you').waitFor()
    const [panel, close, title] = [
      await box(friend, '.panel'),
      await box(friend, '.close'),
      await box(friend, '.title'),
    ]
    expect(close.left - panel.left).toBeLessThan(20)
    expect(title.right).toBeLessThanOrEqual(panel.right)
    expect([await overflow(friend), await sticksOut(friend, 'goodword-launcher')]).toEqual([0, []])
    await friend.page.getByRole('button', { name: 'Close' }).click()
    await friend.page.locator('.panel').waitFor({ state: 'hidden' })
  })

  it('the form is mirrored; amounts, numbers and addresses are not', async () => {
    const friend = await open(form)
    await friend.page.getByText('Anna gave you').waitFor()
    expect((await styleOf(friend, '.figure')).direction).toBe('ltr')
    await friend.field('Phone').fill('(415) 555-0142')
    expect((await styleOf(friend, '#phone')).direction).toBe('ltr')
    expect((await box(friend, '.avatar')).left).toBeGreaterThan((await box(friend, '.from span:last-child')).left)
    expect([await overflow(friend), await sticksOut(friend, 'goodword-form')]).toEqual([0, []])
  })
})
