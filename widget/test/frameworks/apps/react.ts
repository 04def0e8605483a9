import { createElement, type ReactElement, type ReactNode, useState } from 'react'
import { createRoot, hydrateRoot, type Root } from 'react-dom/client'
import { applicationOf } from './hyperscript.ts'

let root: Root | null = null
const App = applicationOf<ReactElement>({
  h: (type, props, ...children) => createElement(type as string, props, ...(children as ReactNode[])),
  useState,
  end: () => root?.unmount(),
})

window.application = {
  mount(element) {
    root = createRoot(element)
    root.render(createElement(App))
  },
  hydrate(element) {
    root = hydrateRoot(element, createElement(App))
  },
}
