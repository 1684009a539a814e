import { useRef, type KeyboardEvent } from 'react';
import type { SizePart } from '@/bridge';
import { bytesWords } from '@/lib/words';
import { isLeftOut, tiles, within, type Tile } from './treemap';
import styles from './sizes.module.css';

interface Props { way: SizePart[]; without: string[]; onOpen: (path: string) => void; onUp: () => void }

/** The shape of the map: its width over its height. */
const WIDE = 2.4;

/** What a part of the archive holds, as a map of two levels: its parts, and within each what it holds. Arrow keys go from tile to tile, Enter goes in, Escape goes back. */
export function Treemap({ way, without, onOpen, onUp }: Props) {
  const map = useRef<HTMLDivElement>(null);
  const part = way.at(-1);
  if (part === undefined) return null;
  const all = tiles(part, WIDE);
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === 'Escape') { event.preventDefault(); onUp(); return; }
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const buttons = [...(map.current?.querySelectorAll('button') ?? [])];
    const at = buttons.findIndex((one) => one === document.activeElement);
    buttons[Math.min(buttons.length - 1, Math.max(0, at + step))]?.focus();
  };
  return (
    // Keys of the tiles are heard here once for all.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div ref={map} className={styles.map} onKeyDown={move} data-testid="size-map">
      {all.map((tile, index) => <OneTile key={`${tile.part.path}${tile.part.kind}`} tile={tile} first={index === 0} out={isLeftOut(way, tile.part, without)} onOpen={onOpen} />)}
      {all.length === 0 && <p className={styles.nothing}>There is nothing in it.</p>}
    </div>
  );
}

function OneTile({ tile, first, out, onOpen }: { tile: Tile; first: boolean; out: boolean; onOpen: (path: string) => void }) {
  const { part } = tile;
  const goesIn = part.children.length > 0;
  const words = `${part.name}, ${bytesWords(part.unzipped)} unpacked${out ? ', left out' : ''}${goesIn ? '' : ', nothing more to show'}`;
  return (
    <button
      type="button" className={`${styles.tile} ${styles[part.kind]} ${out ? styles.out : ''}`} tabIndex={first ? 0 : -1} title={words} aria-disabled={!goesIn}
      style={{ left: `${tile.left}%`, top: `${tile.top}%`, width: `${tile.width}%`, height: `${tile.height}%` }}
      onClick={() => { if (goesIn) onOpen(part.path); }}
    >
      <span className={tile.width > 7 && tile.height > 9 ? styles.tileName : 'srOnly'}>{part.name}</span>{' '}
      <span className={tile.width > 7 && tile.height > 18 ? styles.tileSize : 'srOnly'}>{bytesWords(part.unzipped)}</span>
      {out && <span className="srOnly"> left out</span>}
      <Within tile={tile} />
    </button>
  );
}

/** What a tile holds, to be seen before one goes in; the tile itself is what is pressed. */
function Within({ tile }: { tile: Tile }) {
  const inner = within(tile, WIDE);
  if (inner.length === 0) return null;
  return (
    <span className={styles.within} aria-hidden data-testid="within">
      {inner.map((one) => (
        <span
          key={`${one.part.path}${one.part.kind}`} className={`${styles.inner} ${styles[one.part.kind]}`}
          style={{ left: `${one.left}%`, top: `${one.top}%`, width: `${one.width}%`, height: `${one.height}%` }}
        >
          {one.width > 22 && one.height > 16 ? one.part.name : ''}
        </span>
      ))}
    </span>
  );
}
