import { say } from '../words.ts'

/** Placeholder in the shape of the home page. */
export function HomeSkeleton() {
  return (
    <div class="wrap" role="status" aria-label={say('portal.loading')}>
      <div class="top" />
      <div class="grid loading">
        <div class="greeting">
          <i class="skel" style={{ '--w': '180px', blockSize: '18px' }} />
          <i class="skel" style={{ '--w': '240px', marginBlockStart: '10px' }} />
        </div>
        <div class="sec o1">
          <i class="skel" style={{ '--w': '80px' }} />
          <i class="skel" style={{ '--w': '170px', blockSize: '38px', marginBlock: '12px 28px' }} />
          <i class="skel" style={{ '--w': '220px' }} />
        </div>
        <div class="sec o2">
          <i class="skel" style={{ '--w': '190px', blockSize: '14px' }} />
          <i class="skel" style={{ marginBlock: '14px 18px', blockSize: '44px' }} />
          <i class="skel" style={{ '--w': '70%' }} />
        </div>
        <div class="sec o4">
          <i class="skel" style={{ '--w': '110px', blockSize: '14px', marginBlockEnd: '20px' }} />
          {['160px', '140px', '180px'].map((width) => (
            <div class="skelrow" key={width}>
              <i class="skel round" />
              <i class="skel" style={{ '--w': width }} />
            </div>
          ))}
        </div>
      </div>
    </div>
  )
}
