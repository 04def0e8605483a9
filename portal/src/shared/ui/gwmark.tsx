/** "Run with Goodword", in the footer of pages for the business's own people. */
export function GoodwordMark({ href, words = 'Run with' }: { href?: string; words?: string }) {
  const inside = (
    <>
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <path
          fill="currentColor"
          d="M4 1.5h12A2.5 2.5 0 0 1 18.5 4v8.5A2.5 2.5 0 0 1 16 15H9.2l-4.3 3.6c-.4.3-.9 0-.9-.4V15A2.5 2.5 0 0 1 1.5 12.5V4A2.5 2.5 0 0 1 4 1.5z"
        />
        <path
          fill="none"
          stroke="var(--canvas)"
          stroke-width="2"
          stroke-linecap="round"
          d="M8.3 5.5C7 6.3 6.6 7.3 6.6 9.6M13 5.5c-1.3.8-1.7 1.8-1.7 4.1"
        />
      </svg>
      {words ? `${words} ` : ''}
      <b>Goodword</b>
    </>
  )
  return href ? (
    <a class="gwmark" href={href}>
      {inside}
    </a>
  ) : (
    <span class="gwmark">{inside}</span>
  )
}
