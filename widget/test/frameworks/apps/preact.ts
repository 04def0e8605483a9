import { type ComponentChildren, h, hydrate, render, type VNode } from 'preact'
import { useState } from 'preact/hooks'
import { applicationOf } from './hyperscript.ts'

let root: Element | null = null
const App = applicationOf<VNode>({
  h: (type, props, ...children) => h(type as string, props, ...(children as ComponentChildren[])),
  useState,
  end: () => root && render(null, root),
})

window.application = {
  mount(element) {
    root = element
    render(h(App, null), element)
  },
  hydrate(element) {
    root = element
    hydrate(h(App, null), element)
  },
}
