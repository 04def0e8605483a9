/** The version the widget reports to the console's Install page. */
export const version = '0.1.0'
