import { may } from '@goodword/domain'
import { Button } from '../../shared/ui/button.tsx'
import { Check } from '../../shared/ui/field.tsx'
import { Segmented } from '../../shared/ui/segmented.tsx'
import { Select } from '../../shared/ui/select.tsx'
import { TabPanel, Tabs } from '../../shared/ui/tabs.tsx'
import { useConsole } from '../core/console.ts'
import { Notice } from '../core/notice.tsx'
import { CodeBox } from './code.tsx'
import type { InstallModel } from './install.model.ts'
import {
  frameworkLabels,
  frameworks,
  languageLabel,
  languages,
  partLabels,
  partSnippet,
  parts,
  policyDirectives,
  reservesRoom,
  scriptSnippet,
} from './snippets.ts'

const frameworkTabs = 'install-framework'

/** Whether the signed-in member may change the setup. */
export function useCanEdit(): boolean {
  const { actor } = useConsole().me
  return actor.type === 'member' && may(actor.role, 'settings:write')
}

function Options({ model }: { model: InstallModel }) {
  const { mode, consent, pin } = model.options
  const writable = useCanEdit()
  return (
    <div class="options">
      <Segmented
        label="Key"
        value={mode.value}
        options={[
          { value: 'live', label: 'Live' },
          { value: 'test', label: 'Test' },
        ]}
        onChange={(value) => {
          mode.value = value
          if (value === 'test' && writable) void model.createKey('test')
        }}
      />
      <Check
        title="Ask for consent first"
        checked={consent.value}
        onChange={(checked) => {
          consent.value = checked
        }}
      >
        Nothing is stored in the browser until your banner calls Goodword.setConsent(true). The code still rides in the
        form.
      </Check>
      <Check
        title="Pin this version"
        checked={pin.value}
        onChange={(checked) => {
          pin.value = checked
          if (checked) void model.manifest.load()
        }}
      >
        With a hash that the browser checks. Without it, you get updates automatically.
      </Check>
    </div>
  )
}

/** What pinning a version means. */
function Pinning({ model }: { model: InstallModel }) {
  if (!model.options.pin.value) return null
  const failure = model.manifest.failure.value
  if (failure) return <Notice tone="bad">The version isn’t available right now. {failure.sentence}</Notice>
  return (
    <p class="aside">
      This address always serves the same version and keeps working when Goodword is updated. To get fixes, copy the
      line again. The hash covers the script; the form it loads comes from the same pinned address.
    </p>
  )
}

/** The script tag for the chosen framework. */
export function ScriptStep({ model }: { model: InstallModel }) {
  const { framework, mode, consent, pin } = model.options
  const key = model.key.value
  const pinned = model.pinned.value
  const { label, place } = frameworkLabels[framework.value]
  const missing = mode.value === 'test' ? 'a test key' : 'a publishable key'
  const ready = key !== null && (!pin.value || pinned !== null)
  return (
    <>
      <Options model={model} />
      <div class="card frameworks">
        <Tabs
          id={frameworkTabs}
          label="Made with"
          value={framework.value}
          tabs={frameworks.map((value) => ({ value, label: frameworkLabels[value].label }))}
          onChange={(value) => {
            framework.value = value
          }}
        />
        <TabPanel id={frameworkTabs} value={framework.value}>
          {ready ? (
            <CodeBox
              place={place}
              label={`script snippet for ${label}`}
              code={scriptSnippet(framework.value, { server: location.origin, key, consent: consent.value, pinned })}
            />
          ) : (
            <p class="none">
              {key === null ? `The snippet appears here once there is ${missing}.` : 'Looking up the current version.'}
            </p>
          )}
        </TabPanel>
      </div>
      <Pinning model={model} />
      {framework.value === 'vue' && (
        <p class="aside">
          Tell Vue that the elements are not its own: compilerOptions.isCustomElement = (tag) =&gt;
          tag.startsWith('goodword-')
        </p>
      )}
    </>
  )
}

/** The element for the chosen part. */
export function PartStep({ model }: { model: InstallModel }) {
  const { part, language, inColumn, framework } = model.options
  return (
    <>
      <div class="options two">
        <Select
          label="What to show"
          value={part.value}
          options={parts.map((value) => ({ value, label: partLabels[value].label }))}
          onChange={(value) => {
            part.value = value
          }}
        />
        <Select
          label="Language"
          value={language.value}
          options={languages.map((value) => ({ value, label: languageLabel(value) }))}
          onChange={(value) => {
            language.value = value
          }}
        />
      </div>
      <p class="lead">{partLabels[part.value].says}</p>
      {reservesRoom(part.value) && (
        <div class="options">
          <Check
            title="In a narrow column"
            checked={inColumn.value}
            onChange={(checked) => {
              inColumn.value = checked
            }}
          >
            Less than 450 pixels wide on a desktop, such as a sidebar. More room is kept for it.
          </Check>
        </div>
      )}
      <CodeBox
        place={part.value === 'attach' ? 'On your form: one attribute' : 'Where it should appear'}
        label="form snippet"
        code={partSnippet(part.value, language.value, framework.value, inColumn.value)}
      />
      {reservesRoom(part.value) && (
        <p class="aside">
          The style keeps room for it, so that nothing on the page moves when it appears. If your
          Content-Security-Policy forbids inline styles, put it in your style sheet.
        </p>
      )}
    </>
  )
}

/** What a strict Content-Security-Policy must allow; the element needs no exception. */
export function PolicyStep() {
  return <CodeBox place="Content-Security-Policy" label="policy lines" code={policyDirectives(location.origin)} />
}

/** Shown when there is no key, because the form cannot be tried without one. */
export function MissingKey({ model, writable }: { model: InstallModel; writable: boolean }) {
  if (!model.keys.data.value || model.live.value !== null || !writable) return null
  return (
    <Notice
      tone="warn"
      action={
        <Button size="sm" busy={model.making.busy.value} onClick={() => void model.createKey('live')}>
          Create a key
        </Button>
      }
    >
      There is no publishable key, so no website can show the form.
    </Notice>
  )
}
