declare module 'virtual:widget/parts' {
  /** The folder of the parts, relative to the tag's file. */
  export const folder: string
}
