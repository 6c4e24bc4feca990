/** A dialog above the page; Escape closes it. */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

interface ModalProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

export function Modal({ title, isOpen, onClose, children }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  // In the same turn as the key: the next one finds it open, or closed.
  useLayoutEffect(() => {
    if (isOpen && dialog.current?.open === false) dialog.current.showModal();
    else if (!isOpen) dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog
      ref={dialog}
      aria-label={title}
      onCancel={({ target, currentTarget }) => {
        // That of a file chooser inside comes by here, too.
        if (target === currentTarget) onClose();
      }}
      onClose={onClose}
    >
      {isOpen && (
        <>
          <header>
            <h2>{title}</h2>
            <button type="button" onClick={onClose}>
              Close <kbd>Esc</kbd>
            </button>
          </header>
          {children}
        </>
      )}
    </dialog>
  );
}
