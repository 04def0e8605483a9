import { Button } from '../../shared/ui/button.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'

const keys: [string, string][] = [
  ['J', 'Next referral'],
  ['K', 'Previous referral'],
  ['Enter', 'Open it'],
  ['X', 'Select it'],
  ['A', 'Accept it'],
  ['C', 'Mark it as converted'],
  ['/', 'Search; Enter leads back to the list'],
  ['?', 'Show these keys'],
]

/** What can be done in the list without a mouse. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog
      title="Keys of this list"
      onClose={onClose}
      actions={
        <Button look="primary" onClick={onClose}>
          Close
        </Button>
      }
    >
      <dl class="keys">
        {keys.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
