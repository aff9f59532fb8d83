import { parse } from 'yaml';
import { specOf } from '../../dev/fixture/spec';
import { namedFiles } from './namedFiles';
import { specFiles } from './specFiles';

const spec = specOf({ name: 'retire-users-v1', title: 'Retire users_v1' });

describe('specFiles', () => {
  it('names each file that it gives, and no other', () => {
    const { files, yaml } = specFiles({ ...spec, guideText: '# Moving\n' });

    expect(namedFiles(yaml)).toEqual(Object.keys(files));
    expect(files['guide.md']).toBe('# Moving\n');
  });

  it('says what the campaign says', () => {
    const { files, yaml } = specFiles(spec);
    const { datasets, ...rest } = parse(yaml);

    const { datasets: given, ...others } = spec;
    expect(rest).toEqual(others);
    expect(datasets).toEqual(
      given.map(({ from, to }) => ({ from, to, mapping: expect.any(String) })),
    );
    expect(parse(files[datasets[0].mapping]).columns).toEqual(
      given[0].mapping.columns.map(({ line: _line, ...column }) => column),
    );
  });

  it('keeps tables of datasets with the same last name apart', () => {
    const [dataset] = spec.datasets;
    const { files } = specFiles({
      ...spec,
      datasets: [
        { ...dataset, from: 'a.users' },
        { ...dataset, from: 'b.users' },
      ],
    });

    expect(Object.keys(files)).toEqual([
      'mappings/1-users.yaml',
      'mappings/2-users.yaml',
    ]);
  });
});
