/** What the widget calls itself, for Install: which version a website carries. */
export const version = '0.1.0'
