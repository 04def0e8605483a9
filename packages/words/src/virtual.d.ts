type CompiledWords = Record<string, (given: Record<string, string | number>) => string>

declare module 'virtual:words/one/*' {
  const words: CompiledWords
  export default words
}
declare module 'virtual:words/all/*' {
  const words: Record<string, CompiledWords>
  export default words
}
declare module 'virtual:words/others/*' {
  const words: Record<string, () => Promise<{ default: CompiledWords }>>
  export default words
}
declare module 'virtual:words/text/*' {
  const words: Record<string, string>
  export default words
}
declare module 'virtual:words/languages' {
  const languages: string[]
  export default languages
}
