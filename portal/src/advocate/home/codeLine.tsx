import { CopyButton } from '../../shared/ui/copy.tsx'
import { say } from '../words.ts'

/** A discount code with a copy button. */
export const CodeLine = ({ code }: { code: string }) => (
  <span class="codeline">
    <code>{code}</code>
    <CopyButton
      text={code}
      label={say('portal.copyCode', { code })}
      words={{
        idle: say('widget.share.copy'),
        copied: say('widget.share.copied'),
        failed: say('portal.copyByHand'),
      }}
    />
  </span>
)
