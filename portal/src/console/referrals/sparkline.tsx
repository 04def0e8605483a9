const width = 80
const height = 34
const gap = 2

/** Six small bars; the last is the current month. Decorative: the sentence next to it says the same. */
export function Bars({ values }: { values: number[] }) {
  const most = Math.max(1, ...values)
  const bar = (width - gap * (values.length - 1)) / Math.max(1, values.length)
  return (
    <svg class="chart" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {values.map((value, index) => {
        const tall = Math.max(2, (value / most) * height)
        return (
          <rect
            key={`${index}-of-${values.length}`}
            class={index === values.length - 1 ? 'bar now' : 'bar'}
            x={index * (bar + gap)}
            y={height - tall}
            width={bar}
            height={tall}
            rx="1.5"
          />
        )
      })}
    </svg>
  )
}

/** A line over the same months, with the area below it tinted. */
export function Line({ values }: { values: number[] }) {
  const most = Math.max(1, ...values)
  const step = width / Math.max(1, values.length - 1)
  const points = values.map((value, index) => {
    const x = (index * step).toFixed(1)
    const y = (height - 1 - (value / most) * (height - 3)).toFixed(1)
    return `${x} ${y}`
  })
  const line = `M${points.join('L')}`
  return (
    <svg class="chart" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <path class="area" d={`${line}L${width} ${height}L0 ${height}Z`} />
      <path class="line" d={line} />
    </svg>
  )
}
