import { Component, options } from 'preact'

// Preact looks up names in these objects, and a page may have added names to every object.
Object.setPrototypeOf(options, null)
Object.setPrototypeOf(Component.prototype, null)
options.vnode = ({ props }) => {
  if (props && typeof props === 'object') Object.setPrototypeOf(props, null)
}
