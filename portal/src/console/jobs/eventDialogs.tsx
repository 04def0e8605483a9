import { EventDialog } from './event.dialog.tsx'
import type { JobEventsModel } from './jobEvents.model.ts'
import { TodoDialog } from './todo.dialog.tsx'

/** The event that is open, and the job that is being decided about. */
export function EventDialogs({ model }: { model: JobEventsModel }) {
  return (
    <>
      {model.opened.value && <EventDialog model={model} />}
      {model.deciding.value && (
        <TodoDialog
          jobId={model.deciding.value}
          onClose={() => model.decide(null)}
          onDone={() => void model.decided()}
        />
      )}
    </>
  )
}
