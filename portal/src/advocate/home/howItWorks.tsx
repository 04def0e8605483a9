import type { PortalProgram } from '@goodword/contracts'

/** From the link to the reward, and the small print of the business. */
export function HowItWorks({ program }: { program: PortalProgram }) {
  return (
    <section class="sec how" aria-labelledby="how-title">
      <details>
        <summary>
          <h2 id="how-title">How it works</h2>
        </summary>
        <ol>
          {program.howItWorks.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </details>
      <details>
        <summary>
          <h2>Terms</h2>
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
