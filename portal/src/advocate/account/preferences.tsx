import type { PortalAccount } from '@goodword/contracts'
import type { AccountModel } from './account.model.ts'
import { Outcome } from './outcome.tsx'

type Notify = PortalAccount['notify']

const choices: { value: Notify; title: string; line: string }[] = [
  { value: 'all', title: 'Everything', line: 'When a friend is interested, and when you earn something.' },
  { value: 'rewards', title: 'My rewards only', line: 'When you earn something or your credit changes.' },
  { value: 'none', title: 'Nothing', line: 'You see it all here whenever you like. Sign-in links still come.' },
]

/** What is heard, and what friends read. Both act at once. */
export function Preferences({ model, account }: { model: AccountModel; account: PortalAccount }) {
  return (
    <>
      <section class="sec">
        <fieldset class="choices">
          <legend>
            <h2>What you hear from us</h2>
          </legend>
          {choices.map(({ value, title, line }) => (
            <label key={value} class="choice">
              <input
                type="radio"
                name="notify"
                checked={account.notify === value}
                onChange={() => model.choose(value)}
              />
              <span>
                <b>{title}</b>
                <small>{line}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <Outcome model={model} part="notify" done="Saved." />
      </section>
      <section class="sec">
        <h2>What friends read</h2>
        <label class="choice">
          <input
            type="checkbox"
            checked={account.sharesName}
            onChange={(event) => model.share(event.currentTarget.checked)}
          />
          <span>
            <b>Show my first name to friends</b>
            <small>Without it they read “A friend gave you …”.</small>
          </span>
        </label>
        <Outcome model={model} part="sharesName" done="Saved." />
      </section>
    </>
  )
}
