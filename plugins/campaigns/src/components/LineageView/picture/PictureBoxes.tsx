import { ViewportPortal } from '@xyflow/react';
import { BoxView } from './BoxView';
import { Scene, Shade } from './scene';
import { useBoxesInView } from './useBoxesInView';

const noShades: Shade[] = [];

export interface PictureBoxesProps {
  scene: Scene;
  /** The box that has the focus, or gets it by Tab. */
  focus: { id: string; call: number };
  isUnknownBeyond: (id: string) => boolean;
  onSelect: (id: string, byKey: boolean) => void;
  onToggle: (id: string) => void;
}

/** The boxes that are seen, as elements of the page. */
export function PictureBoxes(props: PictureBoxesProps) {
  const { scene, focus } = props;
  const boxes = useBoxesInView(scene, focus.id);
  return (
    <ViewportPortal>
      {boxes.map(box => (
        <BoxView
          key={box.id}
          box={box}
          node={scene.nodes.get(box.members[0])}
          shades={scene.shades.get(box.id) ?? noShades}
          found={scene.found.has(box.id)}
          selected={scene.selected === box.id}
          reachable={focus.id === box.id}
          focusCall={focus.id === box.id ? focus.call : 0}
          unknownBeyond={props.isUnknownBeyond(box.id)}
          onSelect={props.onSelect}
          onToggle={props.onToggle}
        />
      ))}
    </ViewportPortal>
  );
}
