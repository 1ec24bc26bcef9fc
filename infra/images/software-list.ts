/** What an image holds, as one CycloneDX list: the npm packages of its program, and Debian's. */

interface Component {
  readonly type: string
  readonly name: string
  readonly version?: string
  readonly purl?: string
}

export interface SoftwareList {
  readonly components?: readonly Component[]
}

/**
 * @param programs As `npm sbom` writes it.
 * @param status dpkg's list of packages: paragraphs of `Field: value` (deb-status, Debian Policy 5.3).
 */
export function withDebianPackages<List extends SoftwareList>(programs: List, status: string): List {
  const packages = status.split(/\n{2,}/).flatMap(installedPackage)
  const unique = new Map(packages.map((component) => [component.purl, component]))
  return { ...programs, components: [...(programs.components ?? []), ...unique.values()] }
}

function installedPackage(paragraph: string): Component[] {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(paragraph)?.[1]
  const [name, version, architecture] = [field('Package'), field('Version'), field('Architecture')]
  if (name === undefined || version === undefined || !field('Status')?.endsWith(' installed')) return []
  const purl = `pkg:deb/debian/${encodeURIComponent(name)}@${encodeURIComponent(version)}?arch=${architecture}`
  return [{ type: 'library', name, version, purl }]
}
