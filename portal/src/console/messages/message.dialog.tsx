import { showPhone } from '../../shared/phone.ts'
import { Button } from '../../shared/ui/button.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { ErrorState } from '../../shared/ui/state.tsx'
import { useConsole } from '../core/console.ts'
import { loadFailureText } from '../core/failure.ts'
import { Notice } from '../core/notice.tsx'
import { dayAndTime, pluralize } from '../core/relativeDates.ts'
import { MessageBadge } from './messageBadge.tsx'
import type { MessagesModel } from './messages.model.ts'
import './message.css'

function MessageContent({ model }: { model: MessagesModel }) {
  const { now, me } = useConsole()
  const message = model.detail.data.value
  const failure = model.detail.failure.value
  if (failure) {
    return (
      <ErrorState title="The message did not load" onRetry={model.detail.load}>
        {loadFailureText(failure)}
      </ErrorState>
    )
  }
  if (!message) return <Skeleton rows={3} label="Loading the message" />
  const { timeZone } = me.organization
  const next = message.nextAttemptAt ? ` Next try ${dayAndTime(message.nextAttemptAt, now.value, timeZone)}.` : ''
  return (
    <div class="letter">
      <dl class="rows">
        <div>
          <dt>To</dt>
          <dd>{[message.name, showPhone(message.to)].filter(Boolean).join(', ')}</dd>
        </div>
        <div>
          <dt>Created</dt>
          <dd>{dayAndTime(message.createdAt, now.value, timeZone)}</dd>
        </div>
        <div>
          <dt>Status</dt>
          <dd>
            <MessageBadge state={message.state} />
          </dd>
        </div>
      </dl>
      {message.error && (
        <Notice tone="warn">
          {message.error} {pluralize(message.attempts, 'try', 'tries')} so far.{next}
        </Notice>
      )}
      <section class="paper" aria-label="Content">
        <div lang={message.language ?? undefined}>{message.body}</div>
      </section>
    </div>
  )
}

/** One message as it was sent; the server hides links that sign someone in. */
export function MessageDialog({ model }: { model: MessagesModel }) {
  const message = model.detail.data.value
  return (
    <Dialog
      title={message?.subject ?? 'Message'}
      onClose={model.close}
      actions={
        <>
          {message?.state === 'failed' && (
            <Button
              icon="retry"
              busy={model.retrying.value.has(message.id)}
              onClick={() => void model.retry(message.id)}
            >
              Retry
            </Button>
          )}
          <Button onClick={model.close}>Close</Button>
        </>
      }
    >
      <MessageContent model={model} />
    </Dialog>
  )
}
