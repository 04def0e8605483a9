import type { PortalProgram } from '@goodword/contracts'
import { say } from '../words.ts'

/** The steps from the link to the reward, and the business's small print. */
export function HowItWorks({ program }: { program: PortalProgram }) {
  return (
    <section class="sec how" aria-labelledby="how-title">
      <details>
        <summary>
          <h2 id="how-title">{say('portal.how.title')}</h2>
        </summary>
        <ol>
          {program.howItWorks.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </details>
      <details>
        <summary>
          <h2>{say('portal.how.terms')}</h2>
        </summary>
        <ul class="terms">
          {program.smallPrint.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </details>
    </section>
  )
}
