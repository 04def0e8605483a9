import { Icon } from '../../shared/ui/icon.tsx'

/** Downloads everything of the organization as one file. */
export function ArchiveCard() {
  return (
    <section class="card archive" aria-labelledby="archive-head">
      <header>
        <h2 id="archive-head">Export everything</h2>
      </header>
      <div class="form">
        <div class="both">
          <div>
            <h3>In the file</h3>
            <p>
              Contacts, campaigns with every version of their terms, advocates and codes, referrals, conversions,
              rewards, the whole ledger, messages, members and the audit trail.
            </p>
          </div>
          <div>
            <h3>Not in it</h3>
            <p>Secret keys, webhooks and sessions. Create them again in the new installation.</p>
          </div>
        </div>
        <p>
          It holds personal data of all your contacts: store it securely. Another installation of the same version
          brings it in with <code>organization unpack --file … --owner …</code>, all of it or nothing, and checks the
          ledger to the cent.
        </p>
        <div class="row">
          <a class="btn" href="/v1/organization/archive" download>
            <Icon name="download" />
            Download everything
          </a>
          <span class="muted">The audit trail records who downloaded it.</span>
        </div>
      </div>
    </section>
  )
}
