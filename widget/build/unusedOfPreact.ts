export type Change = { from: RegExp; to: string; times: number }

const without = (from: RegExp, to = '', times = 1): Change => ({ from, to, times })

/**
 * By file: what no component of the widget needs, a fifth of Preact. Where something is imported to use it, that is gone as
 * well, so that a component that needs it is noticed when it is built.
 */
export const unusedOfPreact: Record<string, Change[]> = {
  'preact.mjs': [
    // Markup is never parsed, also not if a page adds `dangerouslySetInnerHTML` to every object.
    without(/"dangerouslySetInnerHTML"==\w\?\w=\w:/g, '', 2),
    without(/(\w)\?\(\w\|\|\w&&\(\1\.__html==.*?\.__k=\[\]\):\(\w&&\(\w\.textContent=""\),/g, '('),

    // Classes: what they are made with, their states, and their hooks. All components are functions.
    without(/\w\?\w\.__c=\w=new \w\(\w,\w\):(?=\()/g),
    without(/\w&&\((\w)\.__s\|\|\(\1\.__s=\1\.state\),.*?,(?=\w=\1\.props,\w=\1\.state)/g),
    without(/\w!==\w&&\w&&!\w\.getDerivedStateFromProps&&(\w)\.componentWillReceiveProps&&.*?,(?=\w\.__v==)/g),
    without(/(\w)\.componentWillUpdate&&.*?\}\)(?=\}else )/g),
    without(/else \w&&!\w\.getDerivedStateFromProps&&.*?;/g),
    without(/(?<=\w=)\w\?25:(?=0;do)/g),
    without(/\w&&\(\w\.push\.apply\((\w)\.__h,\1\.__k\),\1\.__k=\[\]\),/g),
    without(/\w&&\w\.__c&&(\w)\.getSnapshotBeforeUpdate&&\(.*?\)\),/g),
    without(/if\((\w)\.componentWillUnmount\)try\{.*?\}catch\(\w\)\{.*?\}/g),
    // Components that catch what others throw.
    without(/(?<=\{__e:function\((\w),\w,\w,\w\)\{)for\(.*?(?=throw \w=0,\1\})/g),

    // Contexts.
    without(/\w=\((\w)=\w\.contextType\)&&(\w)\[\1\.__c\],(\w)=\w\?.*?:\2,/g, '$3=$2,'),
    without(/(\w)&&\1\.sub\(\w\),/g),
    without(/(\w)\.getChildContext&&\((\w)=\w\(\{\},\2,\1\.getChildContext\(\)\)\),/g),
    without(/\w as createContext,/g),

    // Portals.
    without(/\|\|\w\.props\.__P(?=\?null:)/g),
    without(/&&!\w\.props\.__P(?=\))/g, '', 2),
    without(/if\(\w\.props\.__P\)return \w;/g),
    without(/(\w)\.__P&&\(.*?\),(?=\w=\w\(\w,\w\(\w\)\?\w:\[\w\])/g),
    without(/\w\.__P&&\(\w\.__e=null,\w=\w\),/g),
    without(/\w as createPortal,/g),

    // Markup of a server: the root is always empty.
    without(/128&\w\.__u&&\(.*?\),(?=\(\w=\w\.__b\)&&)/g),
    without(/!\w&&\((\w)=(\w)\.__c\)&&\(\1=\1\.__z\)&&.*?,(?=\w\|\|\w\(\2\.__e\))/g),
    without(/,\w\)for\(\w=0;\w<\w\.length;\w\+\+\)if\(.*?break\}(?=if\(!\w\))/g, ');'),
    without(/,\w&&\(\w\.__m&&\w\.__m\(\w,\w\),\w=!1\),\w=null(?=\})/g),
    without(/,\w="textarea"==.*?\.name\]=\w\.value;/g, ');'),
    without(/\w&&"function"!=typeof \w\|\|(?=[\w$]\[\w\]===)/g),
    without(/,\w&&\w\.some\(\w\)\),\w&&"textarea"!=\w\|\|/g, '),'),
    without(/\w as hydrate,/g),

    // Formulas, and texts within drawings.
    without(/"math"==\w\?\w="[^"]*":/g),
    without(/\("foreignObject"==.*?xhtml"\),/g),
  ],
  'hooks.mjs': [
    // Effects that wait until the page is painted: those of the layout are enough.
    without(/(\w)\.__H\.__h\.length&&\w\(\w\.push\(\1\)\),/g),
    without(/if\((\w)\.__P&&\1\.__c\)\{.*?\}else (?=\w\(\1\))/g),
    without(/\w as useEffect,/g),
    // Names for nodes that a server and a browser agree on, contexts, and components that catch.
    without(/,\w\.__=function\(.*?\)\}(?=,\w\.__r=)/g),
    without(/\w as (useId|useContext|useErrorBoundary),/g, '', 3),
  ],
}
