import { Button } from '../../shared/ui/button.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'

const shortcuts: [string, string][] = [
  ['J', 'Next referral'],
  ['K', 'Previous referral'],
  ['Enter', 'Open it; J and K go on from there'],
  ['X', 'Select it'],
  ['A', 'Accept it'],
  ['C', 'Mark it as converted'],
  ['/', 'Search; Enter returns to the list'],
  ['?', 'Show these shortcuts'],
]

/** The keyboard shortcuts of the list. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog
      title="Keyboard shortcuts"
      onClose={onClose}
      actions={
        <Button look="primary" onClick={onClose}>
          Close
        </Button>
      }
    >
      <dl class="shortcuts">
        {shortcuts.map(([key, does]) => (
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
