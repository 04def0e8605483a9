/**
 * What each application offers to its test: buttons with the ids `home`, `about`, `again` and `end`, a heading, and on
 * its home route the elements of the widget among nodes of its own. `hydrate` takes over the markup of the server.
 */
export type Application = { mount(root: Element): void; hydrate?(root: Element): void }

declare global {
  interface Window {
    application: Application
  }
}

export type Route = 'home' | 'about'

/** The home route as a server sends it: the same nodes that each application makes. */
export const homeMarkup = [
  '<div class="app">',
  '<nav><button type="button" id="home">Home</button><button type="button" id="about">About</button>',
  '<button type="button" id="again">Again</button><button type="button" id="end">End</button></nav>',
  '<p id="count">0</p>',
  '<main><h1>home</h1>',
  '<goodword-banner><em>Friends of friends are welcome.</em></goodword-banner>',
  '<goodword-form><em>Call us at (415) 555-0100.</em></goodword-form>',
  '<div data-goodword="form" class="placed"><em>Or visit the shop.</em></div>',
  '<goodword-leaderboard><em>Our neighbors.</em></goodword-leaderboard>',
  '</main></div>',
].join('')
