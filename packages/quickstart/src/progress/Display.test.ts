import { Writable } from 'stream';
import { LiveDisplay, PlainDisplay } from './Display';

function aStream(rows = 24, columns = 40) {
  const written: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      written.push(String(chunk));
      done();
    },
  });
  Object.assign(stream, { rows, columns });
  return {
    stream: stream as unknown as NodeJS.WriteStream,
    text: () => written.join(''),
  };
}

describe('PlainDisplay', () => {
  it('prints what changed, once, and whose it is', () => {
    const { stream, text } = aStream();
    const display = new PlainDisplay(stream);

    const other = ['other title', '1 target', 'nothing yet'];
    display.show([['title', '3 targets', '3 waiting', 'reasons'], other]);
    display.show([['title', '3 targets', '3 waiting', 'other reasons'], other]);
    display.show([['title', '3 targets', '2 waiting', 'other reasons'], other]);

    expect(text()).toBe(
      'title\n3 targets\n3 waiting\nother title\n1 target\nnothing yet\ntitle: 2 waiting\n',
    );
  });
});

describe('LiveDisplay', () => {
  it('replaces its picture, and keeps lines above it', () => {
    const { stream, text } = aStream();
    const display = new LiveDisplay(stream);

    display.show([['a'], ['b']]);
    display.say('news');
    display.show([['c']]);

    expect(text()).toBe(
      'a\nb\n\u001b[2A\u001b[0Jnews\na\nb\n\u001b[2A\u001b[0Jc\n',
    );
  });

  it('never draws more than the terminal has rows: it could not be erased', () => {
    const { stream, text } = aStream(3);
    new LiveDisplay(stream).show([['a', 'b', 'c', 'd']]);

    expect(text()).toBe('a\nb\n');
  });
});
